import { Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { ConditionBuilder } from '@/ui/conditions/ConditionBuilder';
import type { Telling } from '@/ui/conditions/telling';
import { WayShares } from '../ahead/WayShares';
import { exitsOf, startOf, withField } from '../definition/exits';
import type { Journey, Point, StartingPoint } from '../definition/journey';
import { LineLetter } from '../map/LineLetter';
import type { Letters } from '../map/letters';
import { lineStyle } from '../map/lineStyle';
import { branchNameOf, cardOf, iconOf, iconOfStart, points, shapeOf } from '../points/catalogue';
import type { PointFormProps, PointView, StartView } from '../points/kind';
import { entranceScopeOf } from '../points/scope';
import { starts } from '../points/starts';
import { useEditor } from '../state/EditorContext';
import { Pane } from './Pane';
import paneClasses from './Pane.module.css';
import { PointMenu, type PointMenuProps } from './PointMenu';
import { ProblemList } from './ProblemList';
import type { Problem } from './problems';

interface Props extends PointMenuProps {
  journey: Journey;
  telling: Telling;
  letters: Letters;
  problems: Problem[];
  onClose: () => void;
}

/** The form of what is selected. What is typed is on the map at once. */
export function PropertiesPane({ id, journey, telling, letters, problems, onClose, ...menu }: Props) {
  const { t } = useSay();
  const start = startOf(journey, id);
  const point = journey.points[id];
  const own = useMemo(() => problems.filter((problem) => problem.id === id), [problems, id]);
  const card = cardOf(journey, id, telling);
  const letter = letters.ofNode.get(id) ?? '';
  const Icon = start ? iconOfStart(start) : point && iconOf(point);
  const shape = start ? 'start' : point ? shapeOf(point) : 'action';
  const errorAt = (field: string) => {
    // A field is red for what must be mended alone; what one should look at stands above the form.
    const errors = own.filter(({ severity }) => severity === 'error');
    const found = errors.find((one) => one.field === field) ?? errors.find((one) => one.field.startsWith(`${field}/`));
    return found && reasonText(t, found.reason);
  };
  // Where lines part, a problem of one of them says which.
  const exits = point ? exitsOf(point) : [];
  const lineOf = (field: string) => {
    const exit = exits.length > 1 ? exits.find((one) => one.field === field) : undefined;
    return (exit && letters.ofStretch.get(`${id}/${exit.edge}`)) ?? '';
  };
  if (!start && !point) return null;
  return (
    <Pane
      label={t('map.pane.properties', { point: card.title })}
      mark={
        <span className={paneClasses.mark} data-shape={shape} style={lineStyle(letter)} aria-hidden>
          {Icon && <Icon size={17} stroke={1.9} />}
        </span>
      }
      caption={letter ? t('map.pane.onLine', { kind: card.kind, letter }) : card.kind}
      title={card.title}
      menu={<PointMenu id={id} {...menu} />}
      onClose={onClose}
    >
      <Stack gap={16}>
        <ProblemList problems={own} lead={({ field }) => lineOf(field) && <LineLetter letter={lineOf(field)} />} />
        {start ? (
          <StartForm key={id} start={start} journey={journey} telling={telling} errorAt={errorAt} />
        ) : (
          point && (
            <PointForm key={id} id={id} point={point} journey={journey} telling={telling} errorAt={errorAt} letters={letters} />
          )
        )}
      </Stack>
    </Pane>
  );
}

type FormProps = Pick<PointFormProps, 'journey' | 'telling' | 'errorAt'>;

function PointForm({
  id,
  point,
  journey,
  telling,
  errorAt,
  letters,
}: FormProps & { id: string; point: Point; letters: Letters }) {
  const { t } = useSay();
  const edit = useEditor((state) => state.edit);
  const view = points[point.kind] as unknown as PointView<Point['kind']> | undefined;
  const change = (next: Point) => edit({ kind: 'change', id, point: next });
  const exits = exitsOf(point);
  const Form = view?.Form as React.ComponentType<PointFormProps> | undefined;
  return (
    <>
      {Form && <Form id={id} point={point} journey={journey} telling={telling} onChange={change} errorAt={errorAt} />}
      <WayShares id={id} journey={journey} telling={telling} letters={letters} />
      {exits.length > 1 && !('paths' in point) && (
        <div>
          <Text size="sm" fw={500} mb={6}>
            {t('map.pane.lines')}
          </Text>
          <Stack gap={8}>
            {exits.map((exit, index) => (
              <TextInput
                key={exit.edge}
                aria-label={t('map.pane.lineName', { letter: letters.ofStretch.get(`${id}/${exit.edge}`) ?? index + 1 })}
                leftSection={<LineLetter letter={letters.ofStretch.get(`${id}/${exit.edge}`) ?? ''} />}
                placeholder={branchNameOf({ ...journey, map: undefined }, id, exit.edge, telling)}
                value={journey.map?.branches?.[`${id}/${exit.edge}`] ?? ''}
                maxLength={200}
                onChange={(event) => edit({ kind: 'nameBranch', of: id, edge: exit.edge, name: event.currentTarget.value })}
              />
            ))}
          </Stack>
        </div>
      )}
      <TextInput
        label={t('map.pane.name')}
        description={t('map.pane.nameHint')}
        value={point.name ?? ''}
        maxLength={200}
        error={errorAt('name')}
        onChange={(event) => change(withField(point, 'name', event.currentTarget.value || undefined))}
      />
      <Textarea
        label={t('map.pane.note')}
        value={point.note ?? ''}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => change(withField(point, 'note', event.currentTarget.value || undefined))}
      />
    </>
  );
}

function StartForm({ start, journey, telling, errorAt }: FormProps & { start: StartingPoint }) {
  const { t } = useSay();
  const edit = useEditor((state) => state.edit);
  const view = starts[start.kind] as unknown as StartView<StartingPoint['kind']> | undefined;
  const change = (next: StartingPoint) => edit({ kind: 'changeStart', start: next });
  const Form = view?.Form as unknown as React.ComponentType<PointFormProps<StartingPoint>> | undefined;
  return (
    <>
      {Form && <Form id={start.id} point={start} journey={journey} telling={telling} onChange={change} errorAt={errorAt} />}
      <ConditionBuilder
        label={t('points.start.filter')}
        hint={t('points.start.filterHint')}
        value={start.filter}
        scope={entranceScopeOf(start)}
        error={errorAt('filter')}
        onChange={(filter) => change(withField(start, 'filter', filter))}
      />
      {view?.ofState && (
        <Switch
          label={t('points.start.currentToo')}
          description={t('points.start.currentTooHint')}
          checked={'currentToo' in start && start.currentToo === true}
          error={errorAt('currentToo')}
          onChange={(event) => change({ ...start, currentToo: event.currentTarget.checked || undefined } as StartingPoint)}
        />
      )}
      {!view?.withoutImports && (
        <Switch
          label={t('points.start.takesImports')}
          description={t('points.start.takesImportsHint')}
          checked={start.takesImports ?? false}
          onChange={(event) => change(withField(start, 'takesImports', event.currentTarget.checked || undefined))}
        />
      )}
      <TextInput
        label={t('map.pane.name')}
        description={t('map.pane.nameHint')}
        value={start.name ?? ''}
        maxLength={200}
        error={errorAt('name')}
        onChange={(event) => change(withField(start, 'name', event.currentTarget.value || undefined))}
      />
    </>
  );
}
