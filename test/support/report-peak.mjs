// Loaded into a measured process: writes its peak memory (KiB) to the file that SIC_TEST_PEAK names as it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => writeFileSync(process.env.SIC_TEST_PEAK, String(process.resourceUsage().maxRSS)));
