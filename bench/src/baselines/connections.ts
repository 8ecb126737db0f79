/** Of the pool of each baseline: as many as ours has (`DATABASE_POOL_MAX`). */
export const connections = 14
