import type { Command } from 'commander';
import type { CommandContext } from './run-command-line.ts';

export function addArchiveCommands(_program: Command, _context: CommandContext): void {}
