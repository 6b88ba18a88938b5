import { Button, FocusTrap, Group, Portal, Text, Title } from '@mantine/core';
import { useHotkeys, useViewportSize } from '@mantine/hooks';
import { useEffect, useId, useLayoutEffect, useState } from 'react';
import { useSay } from '@/lib/say';
import classes from './Tour.module.css';
import { type Box, cardPlace, tourSteps } from './tour';

const ringGap = 6;

/** Shows a newcomer round the editor: what is where, one thing at a time. It changes nothing. */
export function Tour({ onClose }: { onClose: () => void }) {
  const { t } = useSay();
  const [at, setAt] = useState(0);
  const [of, setOf] = useState<Box>();
  const [place, setPlace] = useState<{ left: number; top: number }>();
  // Known once it is there: it is drawn a step later than what is around it.
  const [card, setCard] = useState<HTMLDivElement | null>(null);
  const title = useId();
  const page = useViewportSize();
  const [steps, setSteps] = useState<(typeof tourSteps)[number][]>([]);
  // The map is drawn with the next frame; only what is there is shown.
  useEffect(() => {
    const frame = requestAnimationFrame(() => setSteps(tourSteps.filter((step) => document.querySelector(step.at))));
    return () => cancelAnimationFrame(frame);
  }, []);
  const step = steps[at];

  useLayoutEffect(() => {
    const found = step && document.querySelector(step.at);
    if (!found || page.width === 0) return;
    const { left, top, width, height } = found.getBoundingClientRect();
    setOf({ left: left - ringGap, top: top - ringGap, width: width + 2 * ringGap, height: height + 2 * ringGap });
  }, [step, page]);
  useLayoutEffect(() => {
    if (of && card) setPlace(cardPlace(of, { width: card.offsetWidth, height: card.offsetHeight }, page));
  }, [of, card, page]);

  const last = at === steps.length - 1;
  const on = () => (last ? onClose() : setAt(at + 1));
  useHotkeys([
    ['Escape', onClose],
    ['ArrowRight', on],
    ['ArrowLeft', () => setAt(Math.max(0, at - 1))],
  ]);
  if (!step) return null;
  return (
    <Portal>
      <div className={classes.shade} aria-hidden />
      {of && <div className={classes.ring} style={of} aria-hidden />}
      <FocusTrap active innerRef={setCard}>
        <div
          className={classes.card}
          role="dialog"
          aria-modal="true"
          aria-labelledby={title}
          style={place ?? { visibility: 'hidden' }}
        >
          <Text size="sm" c="dimmed">
            {t('map.tour.step', { step: at + 1, of: steps.length })}
          </Text>
          <Title order={2} className={classes.title} id={title}>
            {t(`map.tour.${step.key}.title`)}
          </Title>
          <Text c="var(--p-ink-2)" aria-live="polite">
            {t(`map.tour.${step.key}.text`)}
          </Text>
          <Group justify="space-between" mt="md">
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('map.tour.leave')}
            </Button>
            <Group gap="xs">
              {at > 0 && (
                <Button variant="default" onClick={() => setAt(at - 1)}>
                  {t('map.tour.back')}
                </Button>
              )}
              <Button onClick={on} data-autofocus>
                {t(last ? 'map.tour.done' : 'map.tour.next')}
              </Button>
            </Group>
          </Group>
        </div>
      </FocusTrap>
    </Portal>
  );
}
