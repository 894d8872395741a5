using System.Text;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Keeping;
using RtpProxy.Daemon.Options;
using RtpProxy.Daemon.Running;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Posix.Processes;

KeeperLink? keeper = KeeperLink.Inherit();
KeeperState? kept = KeeperState.Inherit();
if (keeper is not null)
{
    OwnProgram.TakeName();
}

if (OpenFiles.RaiseLimit() is { } fault)
{
    StandardStreams.WriteError(Encoding.UTF8.GetBytes(string.Join('\n', fault.Lines) + "\n"));
    return 1;
}

KeptAnswers answers = new(kept is null ? KeptConfiguration.Inherit() : KeptConfiguration.Read(kept));
KeptNames names = new(new SystemNames(), answers);
ConfigurationTexts texts = new(answers);
switch (CommandLineOptions.Parse(args, names, texts))
{
    case RunDaemon { Options.IsCheck: true } check:
        return DaemonCheck.Run(check, names);
    case RunDaemon run when keeper is null && (run.Options.IsKept || kept is not null):
        return KeeperProgram.Run(run.Options, kept);
    case EndProgram when kept is not null:
        // Options that the relay was started with, and that somebody has made wrong since: it is kept all the same.
        return KeeperProgram.Run(new DaemonOptions { Foreground = true }, kept);
    case RunDaemon run:
        return DaemonProgram.Run(run, names, keeper);
    case EndProgram end:
        keeper?.Say(new RelayMessage.Refused(end.Error.Split('\n')[0]));
        StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(end.Output));
        StandardStreams.WriteError(Encoding.UTF8.GetBytes(end.Error));
        return end.Status;
    case var other:
        throw new System.Diagnostics.UnreachableException($"{other}");
}
