using System.Net;
using Microsoft.Extensions.Options;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>What the options say, in the library's own types, or what is wrong with them.</summary>
internal sealed record ControllerSettings(
    IReadOnlyList<RelaySetDefinition> Sets, RelaySetsOptions Relays, CallMediaOptions Calls, TimeSpan ProbeInterval)
{
    /// <exception cref="OptionsValidationException">The failures name each option at fault, its value, and what was expected.</exception>
    public static ControllerSettings Read(RtpProxyControllerOptions options)
    {
        List<string> failures = [];
        List<RelaySetDefinition> sets = [];
        foreach (string entry in options.Relays)
        {
            if (RelaySetDefinition.TryParse(entry, out RelaySetDefinition? set, out string? error))
            {
                sets.Add(set);
            }
            else
            {
                failures.Add($"{nameof(options.Relays)}: {error}");
            }
        }

        if (options.Relays.Count == 0)
        {
            failures.Add($"{nameof(options.Relays)} is empty; expected at least one, such as udp:127.0.0.1:22222");
        }

        MustBePositive(options.ReplyTimeout, nameof(options.ReplyTimeout), failures);
        MustBePositive(options.ProbeInterval, nameof(options.ProbeInterval), failures);
        MustBePositive(options.TotalTimeout, nameof(options.TotalTimeout), failures);
        MustBePositive(options.DrainTime, nameof(options.DrainTime), failures);
        MustBeAtLeast(0, options.RestTime.Ticks, options.RestTime, nameof(options.RestTime), failures);
        MustBeAtLeast(1, options.Transmissions, options.Transmissions, nameof(options.Transmissions), failures);
        MustBeAtLeast(1, options.MaxCommandsInFlight, options.MaxCommandsInFlight, nameof(options.MaxCommandsInFlight), failures);
        MustBeAtLeast(1, options.MaxMedia, options.MaxMedia, nameof(options.MaxMedia), failures);
        if (options.TimeoutListener is { Length: > 0 } listener && !IsListenable(listener))
        {
            failures.Add($"{nameof(options.TimeoutListener)} is '{listener}'; expected unix:PATH or tcp:ADDRESS:PORT");
        }

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

    private static bool IsListenable(string listener) => TcpOf(listener) is not null || PathOf(listener) is not null;

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
        TimeoutSocket = options.TimeoutSocket,
    };

    private static void MustBePositive(TimeSpan value, string name, List<string> failures) =>
        MustBeAtLeast(1, value.Ticks, value, name, failures, "a time above zero");

    private static void MustBeAtLeast<T>(
        long least, long number, T value, string name, List<string> failures, string? expected = null)
    {
        if (number < least)
        {
            failures.Add(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{name} is {value}; expected {expected ?? $"{least} or more"}"));
        }
    }
}
