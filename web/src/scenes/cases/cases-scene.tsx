import { useTranslation } from 'react-i18next';
import { SceneHead } from '../../ui/scene.tsx';

export function CasesScene() {
  const { t } = useTranslation();
  return <SceneHead title={t('nav.cases')} />;
}
