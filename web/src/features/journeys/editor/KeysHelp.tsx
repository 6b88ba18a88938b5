import { Button, Modal } from '@mantine/core';
import { useSay } from '@/lib/say';
import { LetterKeysSwitch } from '@/ui/LetterKeysSwitch';
import classes from './Editor.module.css';

const everywhere = ['along', 'beside', 'ends', 'open', 'back', 'select', 'find', 'zoom', 'outline'] as const;
const edits = ['addAfter', 'addBefore', 'clipboard', 'delete', 'move', 'undo', 'check'] as const;
const live = ['queue', 'why', 'numbers'] as const;

const marks: Record<string, string> = {
  along: '↓ ↑',
  beside: '→ ←',
  ends: 'Home End',
  open: 'Enter',
  back: 'Esc',
  select: 'Space',
  find: 'G',
  zoom: '+ − 0 1',
  outline: 'O',
  addAfter: 'A',
  addBefore: '⇧ A',
  clipboard: 'Ctrl C X V D',
  delete: 'Del',
  move: 'Alt ↑ ↓',
  undo: 'Ctrl Z, ⇧ Z',
  check: 'F8, ⇧ F8',
  queue: 'Q',
  why: 'Y',
  numbers: 'N',
};

interface Props {
  live: boolean;
  onClose: () => void;
  /** Where there is more to learn than keys. */
  onTour?: () => void;
}

export function KeysHelp({ live: isLive, onClose, onTour }: Props) {
  const { t } = useSay();
  return (
    <Modal opened onClose={onClose} title={t('map.keys.title')} closeButtonProps={{ 'aria-label': t('map.close') }}>
      <dl className={classes.keys}>
        {[...everywhere, ...(isLive ? live : edits)].map((key) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{marks[key]}</dt>
            <dd>{t(`map.keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <div style={{ marginTop: 20 }}>
        <LetterKeysSwitch />
      </div>
      {onTour && (
        <Button variant="default" mt="lg" onClick={onTour}>
          {t('map.tour.take')}
        </Button>
      )}
    </Modal>
  );
}
