// The main job by a TypeScript client of openapi-generator: `node main_job.js ADDRESS TOKEN`.

import {
  Configuration,
  ExportRunFormatEnum,
  ExportRunTableEnum,
  ExportsApi,
  HistoryApi,
  RunsApi,
} from "./index";

declare const process: { argv: string[] };

async function main(address: string, accessToken: string): Promise<void> {
  const asked = new Configuration({ accessToken });
  if (asked.basePath !== address) throw new Error(`described at ${asked.basePath}`);
  const runs = new RunsApi(asked);
  let run = await runs.startRun({ recipeRequest: { preset: "mnist-strokes", steps: 20 } });
  while (run.status !== "finished" && run.status !== "failed") {
    await new Promise((done) => setTimeout(done, 100));
    run = await runs.getRun({ runId: run.id });
  }
  const film = await new HistoryApi(asked).getFilm({ runId: run.id });
  const csv = { format: ExportRunFormatEnum.Csv, table: ExportRunTableEnum.Curves };
  const table = await new ExportsApi(asked).exportRun({ runId: run.id, ...csv });
  console.log(run.status, film.steps.at(-1), (await table.text()).slice(0, 18));
}

void main(process.argv[2], process.argv[3]);
