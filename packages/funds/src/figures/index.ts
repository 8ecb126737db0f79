export { explainFigure } from './explain.service.ts'
export { fundFiguresOn, investorFiguresOn, portfolioFiguresNow } from './figures.service.ts'
export { jCurveOf } from './j-curve.service.ts'
export { waterfallStatementOn } from './waterfall-statement.service.ts'
