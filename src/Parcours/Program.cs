using Parcours.Cli;

return await CommandLine.RunAsync(args, Terminal.Standard);
