import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useParams } from 'react-router';
import { AboutSection } from './AboutSection.tsx';
import { BackupsSection } from './BackupsSection.tsx';
import { DataSection } from './DataSection.tsx';
import { GeneralSection } from './GeneralSection.tsx';
import { ImportsSection } from './ImportsSection.tsx';
import { SafetySection } from './SafetySection.tsx';
import { ServerSection } from './ServerSection.tsx';
import classes from './Settings.module.css';

const SECTIONS: Record<string, ComponentType> = {
  general: GeneralSection,
  server: ServerSection,
  data: DataSection,
  imports: ImportsSection,
  backups: BackupsSection,
  safety: SafetySection,
  about: AboutSection,
};

/** 设置: language and theme, data, imports, backups, safety, about. */
export const Settings = () => {
  const { t } = useTranslation('settings');
  const { section = 'general' } = useParams();
  const Section = SECTIONS[section] ?? GeneralSection;
  return (
    <div className={classes.page}>
      <nav className={classes.nav} aria-label={t('sections')}>
        {Object.keys(SECTIONS).map((id) => (
          <NavLink
            key={id}
            to={`/settings/${id}`}
            className={classes.link}
            data-active={id === section || undefined}
          >
            {t(`section.${id}`)}
          </NavLink>
        ))}
      </nav>
      <div className={classes.body}>
        <h2>{t(`section.${section in SECTIONS ? section : 'general'}`)}</h2>
        <Section />
      </div>
    </div>
  );
};
