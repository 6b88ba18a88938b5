import { Anchor, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { useSay } from '@/lib/say';
import { Failure } from '@/ui/Failure';
import { Tag } from '@/ui/Tag';
import { addressOf } from '@/ui/uses/addresses';
import { cardOf, useJourneyTelling } from '../points/catalogue';
import { useEditor } from '../state/EditorContext';
import type { EditorState } from '../state/editor';
import classes from './Assets.module.css';

type Asset = Schemas['AssetView'];

const journeyOf = (state: EditorState) => state.journey;
const revisionOf = (state: EditorState) => state.revision;

/** What the draft and the live version of the journey name, by kind, each with the way to it and to the points that name it. */
export function Assets() {
  const { t } = useSay();
  const journey = useEditor(journeyOf);
  const revision = useEditor(revisionOf);
  const assets = useQuery<Asset[], ProblemError>({
    queryKey: ['assets', journey.id, revision],
    placeholderData: (before) => before,
    queryFn: ({ signal }) => take(api.GET('/api/v1/journeys/{id}/assets', { params: { path: { id: journey.id } }, signal })),
  });
  if (assets.isError) return <Failure error={assets.error} onRetry={() => void assets.refetch()} />;
  if (!assets.data) return <Skeleton height={120} />;
  if (assets.data.length === 0) return <Text c="var(--p-ink-2)">{t('map.assets.none')}</Text>;
  const kinds = [...new Set(assets.data.map(({ kind }) => kind))];
  return (
    <>
      <Text c="var(--p-ink-2)">{t('map.assets.lead')}</Text>
      <dl className={classes.kinds}>
        {kinds.map((kind) => (
          <div key={kind} className={classes.kind}>
            <dt>{t(`frame.uses.kind.${kind}`)}</dt>
            <dd>
              <ul className={classes.assets}>
                {assets.data
                  .filter((asset) => asset.kind === kind)
                  .map((asset) => (
                    <AssetLine key={asset.name} asset={asset} live={assets.data.some((one) => one.live)} />
                  ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** `live`: a version of the journey is in service, so that draft and version can differ. */
function AssetLine({ asset, live }: { asset: Asset; live: boolean }) {
  const { t } = useSay();
  const journey = useEditor(journeyOf);
  const telling = useJourneyTelling(journey);
  const places = [
    ...(asset.settings ? [{ id: undefined, name: t('map.assets.settings') }] : []),
    // A point of the live version alone is not on this map.
    ...asset.points
      .filter((id) => id in journey.points || journey.start.some((start) => start.id === id))
      .map((id) => ({ id, name: cardOf(journey, id, telling).title })),
  ];
  return (
    <li>
      <Anchor component={Link} to={addressOf(asset.kind, asset.name)} className={classes.name}>
        {asset.title || asset.name}
      </Anchor>
      {asset.missing && <Tag>{t('map.assets.missing')}</Tag>}
      {live && !asset.live && <Tag>{t('map.assets.draftOnly')}</Tag>}
      {!asset.draft && <Tag>{t('map.assets.liveOnly')}</Tag>}
      {places.length > 0 && (
        <small>
          {places.map(({ id, name }, at) => (
            <span key={id ?? ''}>
              {at > 0 && ', '}
              {id === undefined ? (
                name
              ) : (
                <Anchor
                  component={Link}
                  inherit
                  c="dimmed"
                  to={{ pathname: `/journeys/${journey.id}`, search: `?edit&point=${encodeURIComponent(id)}` }}
                >
                  {name}
                </Anchor>
              )}
            </span>
          ))}
        </small>
      )}
    </li>
  );
}
