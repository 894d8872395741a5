using System.Net;
using Microsoft.Extensions.Options;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>What the options say, in the library's own types, or what is wrong with them.</summary>
internal sealed record ControllerSettings(
    IReadOnlyList<RelaySetDefinition> Sets, RelaySetsOptions Relays, CallMediaOptions Calls, TimeSpan ProbeInterval)
{
    // A configuration that says 5 says five days. Nobody waits so long for a reply, or leaves a relay alone.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(23);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(49);

    // Relays take the name literally: it has to be one of those that they were started with.
    private static readonly string[] Forms = ["unix:", "tcp:", "/"];

    /// <exception cref="OptionsValidationException">The failures name each option at fault, its value, and what was expected.</exception>
    public static ControllerSettings Read(RtpProxyControllerOptions options)
    {
        List<string> failures = [];
        List<RelaySetDefinition> sets = [];
        foreach (string entry in options.Relays)
        {
            if (!RelaySetDefinition.TryParse(entry, out RelaySetDefinition? set, out string? error))
            {
                failures.Add($"{nameof(options.Relays)}: {error}");
            }
            else if (set.Nodes.Count == 0)
            {
                failures.Add($"{nameof(options.Relays)}: '{entry}' names no relay; expected one, such as udp:127.0.0.1:22222");
            }
            else
            {
                sets.Add(set);
            }
        }

        if (options.Relays.Count == 0)
        {
            failures.Add($"{nameof(options.Relays)} is empty; expected a list of at least one, such as udp:127.0.0.1:22222");
        }

        MustLast(TimeSpan.FromTicks(1), LongestWait, options.ReplyTimeout, nameof(options.ReplyTimeout), failures);
        MustLast(TimeSpan.FromTicks(1), LongestWait, options.TotalTimeout, nameof(options.TotalTimeout), failures);
        MustLast(TimeSpan.FromTicks(1), LongestInterval, options.ProbeInterval, nameof(options.ProbeInterval), failures);
        MustLast(TimeSpan.MinValue, LongestInterval, options.DisableTime, nameof(options.DisableTime), failures);
        MustLast(TimeSpan.Zero, LongestInterval, options.RestTime, nameof(options.RestTime), failures);
        MustLast(TimeSpan.FromTicks(1), LongestDrain, options.DrainTime, nameof(options.DrainTime), failures);
        MustBeAtLeastOne(options.Transmissions, nameof(options.Transmissions), failures);
        MustBeAtLeastOne(options.MaxCommandsInFlight, nameof(options.MaxCommandsInFlight), failures);
        MustBeAtLeastOne(options.MaxMedia, nameof(options.MaxMedia), failures);
        if (options.Mark.AsSpan().TrimEnd("\r\n").IndexOfAny("\r\n\0") >= 0)
        {
            failures.Add($"{nameof(options.Mark)} has more than one line; expected one, such as a=nortpproxy:yes");
        }

        CheckTimeouts(options, failures);
        if (failures.Count > 0)
        {
            throw new OptionsValidationException("RtpProxyController", typeof(RtpProxyControllerOptions), failures);
        }

        return new ControllerSettings(sets, RelaysOf(options), CallsOf(options), options.ProbeInterval);
    }

    /// <summary>The address of <c>tcp:ADDRESS:PORT</c>; null for anything else.</summary>
    public static IPEndPoint? TcpOf(string listener) =>
        listener.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) && IPEndPoint.TryParse(listener.AsSpan(4), out IPEndPoint? local)
            ? local
            : null;

    /// <summary>The path of <c>unix:PATH</c>; null for anything else.</summary>
    public static string? PathOf(string listener) =>
        listener.StartsWith("unix:", StringComparison.OrdinalIgnoreCase) && listener.Length > 5 ? listener[5..] : null;

    private static void CheckTimeouts(RtpProxyControllerOptions options, List<string> failures)
    {
        if (options.TimeoutSocket is { Length: > 0 } socket
            && (socket.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || !Array.Exists(Forms, form => socket.StartsWith(form, StringComparison.Ordinal))))
        {
            failures.Add($"{nameof(options.TimeoutSocket)} is '{socket}'; expected unix:PATH or tcp:ADDRESS:PORT, without blanks");
        }

        if (options.TimeoutListener is not { Length: > 0 } listener)
        {
            return;
        }

        IPEndPoint? tcp = TcpOf(listener);
        if (tcp is null && PathOf(listener) is null)
        {
            failures.Add($"{nameof(options.TimeoutListener)} is '{listener}'; expected unix:PATH or tcp:ADDRESS:PORT");
        }
        else if (string.IsNullOrEmpty(options.TimeoutSocket) && tcp is not null && (tcp.Address.Equals(IPAddress.Any) || tcp.Address.Equals(IPAddress.IPv6Any)))
        {
            failures.Add($"{nameof(options.TimeoutListener)} is '{listener}', an address that no relay can connect to; expected "
                + $"{nameof(options.TimeoutSocket)} as well, with one that relays reach");
        }
    }

    private static RelaySetsOptions RelaysOf(RtpProxyControllerOptions options) => new()
    {
        Client = new RelayClientOptions
        {
            ReplyTimeout = options.ReplyTimeout,
            Transmissions = options.Transmissions,
            MaxInFlight = options.MaxCommandsInFlight,
        },
        DisableTime = options.DisableTime,
        RestTime = options.RestTime,
        DrainTime = options.DrainTime,
    };

    private static CallMediaOptions CallsOf(RtpProxyControllerOptions options) => new()
    {
        Mark = options.Mark,
        MaxMedia = options.MaxMedia,
        RefusesMulticast = options.RefusesMulticast,
        TotalTimeout = options.TotalTimeout,
        TimeoutSocket = string.IsNullOrEmpty(options.TimeoutSocket) ? null : options.TimeoutSocket,
    };

    private static void MustLast(TimeSpan least, TimeSpan most, TimeSpan value, string name, List<string> failures)
    {
        if (value < least)
        {
            failures.Add($"{name} is {value}; expected a time {(least > TimeSpan.Zero ? "above zero" : "of 0 or more")}");
        }
        else if (value > most)
        {
            failures.Add($"{name} is {value}; expected at most {most} (a number alone is days: five seconds are 00:00:05)");
        }
    }

    private static void MustBeAtLeastOne(int value, string name, List<string> failures)
    {
        if (value < 1)
        {
            failures.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {value}; expected 1 or more"));
        }
    }
}
