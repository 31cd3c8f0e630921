// Apart from shell.ts, so that preload does not have to carry the schemas and what parses them.

/** The window message with which a page is handed its MessagePort to the data process. */
export const PORT_MESSAGE = 'visitbook:port';
/** The channel on which main sends ShellEvents. */
export const SHELL_EVENT = 'visitbook:event';
/** The argument in which main names the methods of the shell contract to preload, separated by commas. */
export const METHODS_ARGUMENT = '--visitbook-methods=';
