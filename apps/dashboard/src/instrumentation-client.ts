import '@throughline/ui/browser-start'
