import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSay } from '@/lib/say';
import classes from './Pane.module.css';

interface Props {
  label: string;
  mark?: ReactNode;
  caption?: ReactNode;
  title: ReactNode;
  menu?: ReactNode;
  wide?: boolean;
  children: ReactNode;
  foot?: ReactNode;
  onClose: () => void;
}

/** What slides in at the right of the map: a labelled region with a head, its own scroll, and maybe a foot. */
export function Pane({ label, mark, caption, title, menu, wide, children, foot, onClose }: Props) {
  const { t } = useSay();
  return (
    <section
      className={classes.pane}
      data-wide={wide || undefined}
      aria-label={label}
      onKeyDown={(event) => {
        // A popover of a field takes its own Escape: it hangs in the page, not in the pane.
        const inside = event.currentTarget.contains(event.target as Node);
        if (event.key === 'Escape' && !event.defaultPrevented && inside) onClose();
      }}
    >
      <header className={classes.head}>
        {mark}
        <div className={classes.names}>
          {caption && <div className={classes.caption}>{caption}</div>}
          <h2 className={classes.title}>{title}</h2>
        </div>
        {menu}
        <ActionIcon aria-label={t('map.close')} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className={classes.body}>{children}</div>
      {foot && <footer className={classes.foot}>{foot}</footer>}
    </section>
  );
}
