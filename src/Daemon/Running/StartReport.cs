using System.Globalization;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Lines;

namespace RtpProxy.Daemon.Running;

/// <summary>What is served, in lines: for the log of a start, and for <c>--check</c>, which says the same without one.</summary>
internal static class StartReport
{
    private const int PairsPerSession = 2; // one for each party

    /// <param name="options">Completed.</param>
    /// <param name="descriptors">The limits in force.</param>
    /// <param name="isKept">A keeper holds the calls.</param>
    public static IEnumerable<string> Describe(
        DaemonOptions options, BindAddresses addresses, DescriptorLimit descriptors, bool isKept) =>
        DescribeAsGiven(options, addresses, descriptors, isKept).Select(PeerText.OneLine);

    private static IEnumerable<string> DescribeAsGiven(
        DaemonOptions options, BindAddresses addresses, DescriptorLimit descriptors, bool isKept)
    {
        yield return $"options: {Join([options.OptionsFile, options.ConfigurationFile])}the command line";
        yield return $"commands: {string.Join(", ", options.ControlSockets)}"
            + (options.AdminSocket is { } admin ? $"; admin socket {admin}" : "; no admin socket");
        yield return $"media: {DescribeAddresses(addresses)}";
        yield return DescribeRoom(options, addresses, descriptors);
        yield return DescribeRecording(options);
        if (DescribeTelling(options) is { Length: > 0 } telling)
        {
            yield return $"told: {telling}";
        }

        if (options.Watcher.IsWanted)
        {
            yield return "watcher: "
                + (options.Watcher.Http is { } http ? $"http://{http}" : "no page")
                + (options.Watcher.NgHttp is { } ng ? $", ng over HTTP at {ng}" : "")
                + (options.Watcher.Collector is { } collector ? $", metrics go to {collector}" : "");
        }

        yield return isKept
            ? "kept: a keeper holds the calls, which outlive this process"
            : "not kept: calls end with this process";
    }

    /// <summary>Directories that recordings cannot be made in, by the user that this process is now, and sockets of controllers that are none.</summary>
    public static IEnumerable<string> WarnOfPlaces(DaemonOptions options, Settings settings)
    {
        foreach ((string name, string? directory) in new[]
        {
            ("record-dir", options.RecordingDirectory), ("spool-dir", options.SpoolDirectory),
        })
        {
            if (directory is not null && DirectoryAccess.Explain(directory) is { } reason)
            {
                yield return settings.Of(name).Refuse(new("a directory where recordings can be made", reason));
            }
        }

        if (options.Ng.PromptDirectory is { } prompts && DirectoryAccess.ExplainReading(prompts) is { } unread)
        {
            yield return settings.Of("ng-prompts").Refuse(new("a directory with prompts", unread));
        }

        // One that is not there comes with its controller.
        foreach (UnixNotifySocket socket in options.NotifySockets.OfType<UnixNotifySocket>())
        {
            if (FileStatus.TryReadTarget(NativePath.From(socket.Path), out FileStatus file) == Errno.None && !file.IsSocket)
            {
                Setting given = settings.Find("notify", argument => argument == socket.Path || argument == socket.Name) ?? settings.Of("notify");
                yield return given.Refuse(new("the path of a controller's socket", $"it {file.Kind}"));
            }
        }
    }

    private static string Join(string?[] files) => string.Concat(files.OfType<string>().Select(file => $"{file}, "));

    private static string DescribeAddresses(BindAddresses addresses)
    {
        IEnumerable<string> all = addresses.Entries.Select(entry =>
            (entry.Label is null ? "" : $"{entry.Label}@")
            + (entry.IsWildcard ? $"{entry.Address} (every address)" : $"{entry.Address}")
            + (entry.Advertised is null ? "" : $" shown as {entry.Advertised}"));
        return (addresses.IsBridging ? "bridging between the first two of " : "") + string.Join(", ", all);
    }

    private static string DescribeRoom(DaemonOptions options, BindAddresses addresses, DescriptorLimit descriptors)
    {
        int pairs = ((options.PortMax - options.PortMin) / 2) + 1;
        int byPorts = addresses.IsBridging ? pairs : pairs / PairsPerSession;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"room: ports {options.PortMin} to {options.PortMax + 1} for {byPorts} sessions{(addresses.IsBridging ? "" : " at one address")}, "
            + $"{descriptors.Soft} open files for {descriptors.SessionsThatFit}; {options.Workers} workers");
    }

    private static string DescribeRecording(DaemonOptions options)
    {
        string prompts = options.Foreground || options.KeepDirectory ? CurrentDirectory.FullPath : "/";
        string recordings = options.RecordingDirectory is { } directory
            ? $"into {directory}"
                + (options.SpoolDirectory is { } spool ? $" by way of {spool}" : "")
                + (options.Relay.RecordAll ? ", every session" : ", where a command asks for it")
                + (options.Relay.RecordPcap ? ", pcap" : "")
                + (options.Relay.SkipRtcpRecording ? ", without RTCP" : "")
            : "none";
        return $"recordings: {recordings}; prompts: relative names are below {prompts}"
            + (options.Ng.PromptDirectory is { } ofNg ? $", all of the ng protocol below {ofNg}/" : "");
    }

    private static string DescribeTelling(DaemonOptions options)
    {
        List<string> all = [.. options.Collectors.Select(collector => collector.Name)];
        all.AddRange(options.Modules.Select(module => module.Collector?.Name).OfType<string>());
        all.AddRange(options.RecordFile is { } file ? [file] : []);
        all.AddRange(options.Modules.Any(module => module.Module == BuiltInModule.AcctCsv) ? ["rtpproxy_acct.csv"] : []);
        all = all.Count > 0 ? [$"calls to {string.Join(", ", all)}"] : [];
        all.AddRange(options.Relay.DigitTargets.Select(target => $"digits to {target}"));
        string[] ended = [.. options.NotifySockets.Select(socket => socket.Name), .. options.Teardown is { } teardown ? [$"{teardown}"] : Array.Empty<string>()];
        all.AddRange(ended.Length > 0 ? [$"calls that time out to {string.Join(", ", ended)}"] : []);
        return string.Join(", ", all);
    }
}
