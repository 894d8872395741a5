using System.Text;
using RtpProxy.Daemon.Options;
using RtpProxy.Daemon.Running;
using RtpProxy.Io.Posix.Processes;

if (OpenFiles.RaiseLimit() is { } fault)
{
    StandardStreams.WriteError(Encoding.UTF8.GetBytes(string.Join('\n', fault.Lines) + "\n"));
    return 1;
}

SystemNames names = new();
switch (CommandLineOptions.Parse(args, names))
{
    case RunDaemon run:
        return DaemonProgram.Run(run.Options, names);
    case EndProgram end:
        StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(end.Output));
        StandardStreams.WriteError(Encoding.UTF8.GetBytes(end.Error));
        return end.Status;
    case var other:
        throw new System.Diagnostics.UnreachableException($"{other}");
}
