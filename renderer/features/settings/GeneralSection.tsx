import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language, languageOf } from '../../app/i18n.ts';
import { notifyError } from '../../app/notify.tsx';
import { useSession } from '../../app/session.ts';
import { shell } from '../../app/shell-client.ts';
import classes from './Settings.module.css';

const NAMES: Record<Language, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

/** Language and theme; both take effect at once. */
export const GeneralSection = () => {
  const { t, i18n } = useTranslation('settings');
  const info = useSession((session) => session.info);
  const set = useSession((session) => session.set);
  if (!info) return null;
  const chooseLanguage = async (language: Language | 'system'): Promise<void> => {
    try {
      await shell('shell.setLanguage', { language });
      const next = language === 'system' ? languageOf(info.locale) : language;
      document.documentElement.lang = next;
      set({ info: { ...info, language } });
      await i18n.changeLanguage(next);
    } catch (error) {
      notifyError(error);
    }
  };
  const chooseTheme = async (theme: 'system' | 'light' | 'dark'): Promise<void> => {
    try {
      await shell('shell.setTheme', { theme });
      set({ info: { ...info, theme } });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <div className={classes.stack}>
      <Select
        label={t('language')}
        w={280}
        allowDeselect={false}
        value={info.language}
        onChange={(value) => void chooseLanguage((value ?? 'system') as Language | 'system')}
        data={[
          { value: 'system', label: t('system') },
          ...LANGUAGES.map((value) => ({ value, label: NAMES[value] })),
        ]}
      />
      <div>
        <div className={classes.note}>{t('theme')}</div>
        <SegmentedControl
          aria-label={t('theme')}
          value={info.theme}
          onChange={(value) => void chooseTheme(value as typeof info.theme)}
          data={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`themes.${value}`),
          }))}
        />
      </div>
    </div>
  );
};
