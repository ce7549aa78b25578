import { useTranslation } from 'react-i18next';
import { SceneHead } from '../../ui/scene.tsx';

export function InterfacesScene() {
  const { t } = useTranslation();
  return <SceneHead title={t('nav.interfaces')} />;
}
