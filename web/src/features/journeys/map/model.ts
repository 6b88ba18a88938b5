import type { Icon } from '@tabler/icons-react';
import type { Node } from '@xyflow/react';
import type { Telling } from '@/ui/conditions/telling';
import { isFork, startOf } from '../definition/exits';
import type { Journey, Note } from '../definition/journey';
import { outlineOf } from '../outline/outline';
import { branchNameOf, type CardText, cardOf, iconOf, iconOfStart, shapeOf } from '../points/catalogue';
import type { Shape } from '../points/kind';
import { stationSize } from './geometry';
import type { MapLayout, Plus, Station } from './layout';

/** `compare`: read only, with what was changed marked. */
export type Mode = 'edit' | 'live' | 'preview' | 'compare';

export interface StationData extends Record<string, unknown> {
  station: Station;
  card: CardText;
  shape: Shape | 'start' | 'open';
  icon: Icon | undefined;
  note: string | undefined;
  mode: Mode;
  /** What sets out from here has several lines, so that its numbers are told on their plates. */
  fork: boolean;
  outcome: string | undefined;
  /** Its messages go to people, who open them and follow links. */
  mails: boolean;
}
export type StationNode = Node<StationData, 'station'>;
export interface NoteData extends Record<string, unknown> {
  note: Note;
  mode: Mode;
}
export type NoteNode = Node<NoteData, 'note'>;
export type MapNode = StationNode | NoteNode;

export interface PlateModel {
  key: string;
  of: string;
  edge: string;
  field: string;
  letter: string;
  name: string;
  x: number;
  y: number;
}

export interface MapModel {
  nodes: MapNode[];
  plates: PlateModel[];
  pluses: Plus[];
  layout: MapLayout;
}

/**
 * What React Flow draws. Nodes of the map before are kept where they say the same, so that an edit redraws what it changed and not
 * the other two hundred.
 */
export function modelOf(journey: Journey, layout: MapLayout, telling: Telling, mode: Mode, before?: MapModel): MapModel {
  const kept = new Map(before?.nodes.map((node) => [node.id, node]));
  const nodes: MapNode[] = layout.stations.map((station) => {
    const node = stationNode(journey, station, telling, mode);
    const old = kept.get(node.id);
    return old && same(old.data, node.data) ? old : node;
  });
  // Whoever hears the page meets the points in the order of the outline.
  const order = new Map(outlineOf(journey).flatMap((row, at) => ('id' in row ? [[row.id, at] as const] : [])));
  nodes.sort((a, b) => (order.get(a.id) ?? order.size) - (order.get(b.id) ?? order.size));
  for (const place of layout.notes) {
    const note = journey.map?.notes?.find((one) => one.id === place.id);
    if (!note) continue;
    nodes.push({
      id: `note:${note.id}`,
      type: 'note',
      position: { x: place.x, y: place.y },
      width: 250,
      height: 96,
      data: { note, mode },
      draggable: false,
      selectable: false,
      focusable: false,
    });
  }
  const plates = layout.lines.flatMap((line): PlateModel[] =>
    line.plate
      ? [
          {
            key: line.key,
            of: line.of,
            edge: line.edge,
            field: line.field,
            letter: line.letter,
            name: branchNameOf(journey, line.of, line.edge, telling),
            ...line.plate,
          },
        ]
      : [],
  );
  return { nodes, plates, pluses: mode === 'edit' ? layout.pluses : [], layout };
}

function stationNode(journey: Journey, station: Station, telling: Telling, mode: Mode): StationNode {
  const start = startOf(journey, station.id);
  const point = journey.points[station.id];
  const back =
    station.kind === 'back' ? { kind: telling.t('points.kind.goTo'), title: telling.pointName(station.target ?? '') } : undefined;
  const left = station.x - station.left;
  const top = Math.min(station.sign.y, station.y - stationSize / 2);
  const open = station.kind === 'open';
  const width = open ? station.left + station.right : station.sign.x + station.sign.width - left;
  const height = open ? stationSize : Math.max(station.sign.height, stationSize);
  return {
    id: station.id,
    type: 'station',
    position: { x: left, y: open ? station.y - stationSize / 2 : top },
    width,
    height,
    draggable: false,
    connectable: false,
    focusable: false,
    selectable: station.kind === 'point' || station.kind === 'start',
    className: 'nopan',
    // The tree's items are inside; around them there is nothing to tell.
    domAttributes: { 'aria-roledescription': undefined } as never,
    data: {
      station,
      card: back ?? cardOf(journey, station.id, telling),
      shape: start ? 'start' : point ? shapeOf(point) : station.kind === 'back' ? 'goTo' : 'open',
      icon: start ? iconOfStart(start) : point ? iconOf(point) : undefined,
      note: point?.note,
      mode,
      fork: layoutFork(journey, station.id),
      outcome: point?.kind === 'end' ? point.outcome : point?.kind === 'archive' ? 'completed' : undefined,
      mails: point?.kind !== 'webhook' && point?.kind !== 'customAction',
    },
  };
}

function layoutFork(journey: Journey, id: string): boolean {
  const point = journey.points[id];
  return point !== undefined && isFork(point);
}

function same(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
