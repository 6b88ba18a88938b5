using Parcours.Cli;
using Parcours.Engine.State;

// Tests of an upgrade have two versions of one program beside each other; it is no setting.
if (Environment.GetEnvironmentVariable("PARCOURS_FORMS_AS_BEFORE") == "1")
    AppContext.SetSwitch(ContactCodec.AsBeforeSwitch, true);

return await CommandLine.RunAsync(args, Terminal.Standard);
