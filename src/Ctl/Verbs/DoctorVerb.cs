using System.CommandLine;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Doctor;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl doctor</c>: what on this host costs calls or packets, and what to change.</summary>
internal static class DoctorVerb
{
    private const int NameWidth = 16;

    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var seconds = new Option<double>("--seconds")
        {
            HelpName = "SECONDS",
            Description = "how long counters are watched for what happens now; 0 tells what has happened since boot",
            CustomParser = result => CtlOptions.ReadSeconds(result, 0, 3_600),
            DefaultValueFactory = _ => 1,
        };
        var all = new Option<bool>("--all") { Description = "also tell what is in order" };
        var root = new Option<string?>("--root")
        {
            HelpName = "DIR",
            Description = "a directory with /proc and /sys of another machine, to judge that; no relay is asked",
        };
        var verb = new Command("doctor", "Check this host and its relays, and say what to change.") { seconds, all, root };
        verb.SetAction(async (parsed, cancellation) =>
        {
            string? directory = parsed.GetValue(root);
            if (directory is not null && !Directory.Exists(directory))
            {
                terminal.WriteError($"there is no directory {directory}; expected one with proc and sys in it");
                return ExitCode.Usage;
            }

            await using NodeList nodes = directory is null ? options.ConnectNodes(parsed) : new NodeList([]);
            Examination host = await Examiner.ReadAsync(
                directory is null ? new HostFiles() : new HostFiles(directory),
                nodes,
                TimeSpan.FromSeconds(directory is null ? parsed.GetValue(seconds) : 0),
                TimeProvider.System,
                cancellation);
            IReadOnlyList<Finding> findings = Checkup.Run(host);
            if (parsed.GetValue(options.Json))
            {
                foreach (Finding finding in findings)
                {
                    terminal.WriteJson(finding, CtlJson.Default.Finding);
                }
            }
            else
            {
                Print(findings, parsed.GetValue(all), terminal);
            }

            return CodeOf(findings.Max(finding => finding.Severity), host);
        });
        return verb;
    }

    private static void Print(IReadOnlyList<Finding> findings, bool all, Terminal terminal)
    {
        // The worst first; within a severity in the order of the checks.
        foreach (Finding finding in findings.Where(finding => all || finding.Severity != Severity.Fine).OrderByDescending(finding => finding.Severity))
        {
            string word = finding.Severity switch
            {
                Severity.Fault => "FAULT",
                Severity.Warning => "warning",
                Severity.Note => "note",
                Severity.Unknown => "unknown",
                _ => "ok",
            };
            bool isTrouble = finding.Severity >= Severity.Warning;
            terminal.WriteText(new TextLine($"{word,-8}{finding.Check,-NameWidth} {finding.Text}", 8 + NameWidth + 1, isTrouble));
            if (finding.Change is { } change)
            {
                terminal.WriteText(new TextLine($"{"",-8}{"",-NameWidth} -> {change}", 8 + NameWidth + 4));
            }
        }

        int fine = findings.Count(finding => finding.Severity == Severity.Fine);
        terminal.WriteLine(FormattableString.Invariant(
            $"{findings.Count} findings: {Count(Severity.Fault)} faults, {Count(Severity.Warning)} warnings, {Count(Severity.Note)} notes, {Count(Severity.Unknown)} unknown, {fine} in order"));

        int Count(Severity severity) => findings.Count(finding => finding.Severity == severity);
    }

    private static int CodeOf(Severity worst, Examination host) => worst switch
    {
        _ when host.Relays.Any(relay => relay.Code == ExitCode.NoReply) => ExitCode.NoReply,
        Severity.Fault => ExitCode.Faults,
        Severity.Warning => ExitCode.Warnings,
        _ => ExitCode.Ok,
    };
}
