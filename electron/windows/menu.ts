import { app, dialog, Menu, type MenuItemConstructorOptions } from 'electron';
import { words } from '../shell/words.ts';

type Items = MenuItemConstructorOptions[];
const LINE = { type: 'separator' } as const;

const showAbout = (): void => {
  const { electron, chrome, node } = process.versions;
  void dialog.showMessageBox({
    type: 'info',
    message: `${words().name} ${app.getVersion()}`,
    detail: `Electron ${electron}\nChromium ${chrome}\nNode ${node}`,
  });
};

/** A native menu so that copy, paste and zoom have their keys; everything else is in the page. */
export const menuTemplate = (development: boolean, platform: NodeJS.Platform): Items => {
  const text = words();
  const appMenu: Items = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  const forDevelopers: Items = [
    LINE,
    { role: 'reload', label: text.reload },
    { role: 'toggleDevTools', label: text.devTools },
  ];
  return [
    ...appMenu,
    {
      label: text.edit,
      submenu: [
        { role: 'undo', label: text.undo },
        { role: 'redo', label: text.redo },
        LINE,
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
      ],
    },
    {
      label: text.view,
      submenu: [
        { role: 'resetZoom', label: text.actualSize },
        { role: 'zoomIn', label: text.zoomIn },
        { role: 'zoomOut', label: text.zoomOut },
        LINE,
        { role: 'togglefullscreen', label: text.fullScreen },
        ...(development ? forDevelopers : []),
      ],
    },
    {
      label: text.window,
      submenu: [
        { role: 'minimize', label: text.minimize },
        { role: 'close', label: text.close },
      ],
    },
    { label: text.help, submenu: [{ label: text.about, click: showAbout }] },
  ];
};

/** Puts the menu up in the language of the moment. */
export const setMenu = (development: boolean): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(development, process.platform)));
