import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { v7 as uuid } from 'uuid';
import type { JobState } from '#shared/contracts/envelope.ts';
import { call, onDataEvent } from './data-client.ts';
import { notifyError } from './notify.tsx';
import { bookQuery } from './queries.ts';

/** State of a long work, followed by its events; undefined until it is known. */
export const useJob = (jobId: string | null): JobState | undefined => {
  const client = useQueryClient();
  const query = bookQuery('job.get', { id: jobId ?? '' });
  const { data } = useQuery({ ...query, enabled: jobId !== null });
  useEffect(() => {
    if (jobId === null) return;
    const { queryKey } = bookQuery('job.get', { id: jobId });
    return onDataEvent((event) => {
      if (event.event !== 'job' || event.job.id !== jobId) return;
      // An answer asked for earlier must not replace what the event says.
      void client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, event.job);
    });
  }, [client, jobId]);
  return data;
};

/** Follows a long work to its end. */
export const whenJobEnds = (jobId: string, onProgress: (job: JobState) => void): Promise<JobState> =>
  new Promise((resolve, reject) => {
    const look = (job: JobState): void => {
      if (job.state === 'running') {
        onProgress(job);
        return;
      }
      stop();
      resolve(job);
    };
    const stop = onDataEvent((event) => {
      if (event.event === 'job' && event.job.id === jobId) look(event.job);
    });
    // it may have ended before anybody listened
    call('job.get', { id: jobId }).then(look, reject);
  });

/** Asks a job to stop; what it has already written stays or is taken back as the job sees fit. */
export const cancelJob = async (jobId: string): Promise<void> => {
  try {
    await call('job.cancel', { id: jobId }, uuid());
  } catch (error) {
    notifyError(error);
  }
};
