export { createView, duplicateView, getView, listViews, orderViews, removeView, updateView } from './views.service.ts'
