import { contextBridge, ipcRenderer } from 'electron';
import { METHODS_ARGUMENT, PORT_MESSAGE, SHELL_EVENT } from '#shared/contracts/shell-channels.ts';

const argument = process.argv.find((one) => one.startsWith(METHODS_ARGUMENT)) ?? METHODS_ARGUMENT;
const methods = argument.slice(METHODS_ARGUMENT.length).split(',').filter(Boolean);

/** One function per method of the shell contract, and events: that is all a page can reach. */
const bridge: Record<string, unknown> = {};
for (const method of methods) {
  bridge[method.slice('shell.'.length)] = (input: unknown) => ipcRenderer.invoke(method, input);
}
bridge.onEvent = (listener: (event: unknown) => void) => {
  const forward = (_event: unknown, event: unknown) => listener(event);
  ipcRenderer.on(SHELL_EVENT, forward);
  return () => {
    ipcRenderer.removeListener(SHELL_EVENT, forward);
  };
};
contextBridge.exposeInMainWorld('visitbook', bridge);

ipcRenderer.on(PORT_MESSAGE, (event) => {
  const [port] = event.ports;
  if (port && window.location.origin === 'app://visitbook')
    window.postMessage({ kind: PORT_MESSAGE }, window.location.origin, [port]);
});
