using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>Turns the file into settings, or says which key is wrong and what was expected.</summary>
internal static class SettingsReader
{
    private const int MaxSeconds = 86_400;

    private static readonly string[] TimeoutSocketKinds = ["unix", "tcp"];

    public static EdgeSettings Read(EdgeFile file)
    {
        MediaSettings media = ReadMedia(file.Media ?? new EdgeFile.MediaSection());
        List<RelaySetDefinition> sets = ReadSets(file.Relays);
        if (sets.Count > 0 && sets.All(set => set.Id != media.Set))
        {
            throw new ConfigurationException(
                "media.set", $"set {media.Set} has no relay; expected one of {string.Join(", ", sets.Select(set => set.Id).Distinct())}");
        }

        IReadOnlyList<ListenSettings> listen = ReadListen(file.Listen);
        RegistrarSettings? registrar = file.Registrar is null ? null : ReadRegistrar(file.Registrar);
        IReadOnlyList<IPNetwork> trusted = TrustReader.ReadTrusted(file.Trusted);
        return new EdgeSettings(
            listen,
            file.NextHop is null ? null : ReadNextHop(file.NextHop, listen),
            registrar,
            TrustReader.ReadAuthentication(file, listen, registrar, trusted),
            trusted,
            TrustReader.ReadSecret(file.Secret),
            sets,
            ReadRelayOptions(file.Relays ?? new EdgeFile.RelaysSection()),
            ReadInProcessRelay(file.InProcessRelay ?? new EdgeFile.InProcessRelaySection()),
            media,
            file.Management is null ? null : ReadManagement(file.Management),
            ReadLimits(file.Limits ?? new EdgeFile.LimitsSection()),
            ReadLogLevel(file.Log));
    }

    private static List<ListenSettings> ReadListen(List<EdgeFile.ListenSection?>? sections)
    {
        if (sections is not { Count: > 0 })
        {
            throw new ConfigurationException("listen", "is missing; expected a list of at least one address to listen on");
        }

        List<ListenSettings> listen = [];
        foreach ((int i, EdgeFile.ListenSection? section) in sections.Index())
        {
            string key = $"listen[{i}]";
            ListenSettings next = ReadListen(
                section ?? throw new ConfigurationException(key, "is null; expected an object in braces"), key);
            int same = listen.FindIndex(other => other.Transport == next.Transport && other.Local.Equals(next.Local));
            if (same >= 0 && next.Local.Port != 0)
            {
                throw new ConfigurationException(key, $"says the same as listen[{same}]; expected another address, port or transport");
            }

            listen.Add(next);
        }

        return listen;
    }

    private static ListenSettings ReadListen(EdgeFile.ListenSection section, string key)
    {
        SipTransport transport = section.Transport?.ToUpperInvariant() switch
        {
            null or "UDP" => SipTransport.Udp,
            "TCP" => SipTransport.Tcp,
            _ => throw new ConfigurationException($"{key}.transport", $"is '{section.Transport}'; expected udp or tcp"),
        };
        if (!IPAddress.TryParse(section.Address, out IPAddress? address))
        {
            throw new ConfigurationException($"{key}.address", $"is '{section.Address}'; expected an IP address");
        }

        int port = InRange(section.Port ?? ListenPoint.DefaultPort, 0, ushort.MaxValue, $"{key}.port");
        if (section.Advertise is null)
        {
            return LocalAddresses.IsWildcard(address)
                ? throw new ConfigurationException(
                    $"{key}.advertise", $"is missing; expected the address that others see, because {address} is every address")
                : new ListenSettings(transport, new IPEndPoint(address, port), null, null);
        }

        return HostPort.TryParse(section.Advertise, new TextSpan(0, section.Advertise.Length), out HostPort advertised, out _)
            ? new ListenSettings(transport, new IPEndPoint(address, port), advertised.Host, advertised.Port)
            : throw new ConfigurationException($"{key}.advertise", $"is '{section.Advertise}'; expected HOST or HOST:PORT");
    }

    private static NextHop ReadNextHop(string text, IReadOnlyList<ListenSettings> listen)
    {
        if (!SipUri.TryParse(text, out SipUri? uri, out ParseError error))
        {
            throw new ConfigurationException("nextHop", $"is '{text}'; expected a URI such as sip:192.0.2.1:5060;transport=udp ({error})");
        }

        SipTransport transport = uri.Transport?.ToUpperInvariant() switch
        {
            null or "UDP" => SipTransport.Udp,
            "TCP" => SipTransport.Tcp,
            _ => throw new ConfigurationException("nextHop", $"has the transport '{uri.Transport}'; expected udp or tcp"),
        };
        int port = uri.Port ?? ListenPoint.DefaultPort;
        bool isOurs = IPAddress.TryParse(uri.Host, out IPAddress? address)
            && listen.Any(own => own.Transport == transport && own.Local.Equals(new IPEndPoint(address, port)));
        return isOurs
            ? throw new ConfigurationException("nextHop", $"is '{text}', where this proxy itself listens; expected another server")
            : new NextHop(transport, uri.Host, port);
    }

    private static RegistrarSettings ReadRegistrar(EdgeFile.RegistrarSection section)
    {
        int least = InRange(section.MinSeconds ?? 60, 1, MaxSeconds, "registrar.minSeconds");
        int most = InRange(section.MaxSeconds ?? 7_200, least, MaxSeconds, "registrar.maxSeconds");
        int usual = InRange(section.DefaultSeconds ?? Math.Clamp(3_600, least, most), least, most, "registrar.defaultSeconds");
        return new RegistrarSettings(
            [.. (section.Domains ?? []).Select((domain, i) => ReadHost(domain, $"registrar.domains[{i}]"))],
            TimeSpan.FromSeconds(least),
            TimeSpan.FromSeconds(usual),
            TimeSpan.FromSeconds(most));
    }

    private static string ReadHost(string? text, string key) =>
        text is not null
        && (IPAddress.TryParse(text, out _)
            || (HostPort.TryParse(text, new TextSpan(0, text.Length), out HostPort host, out _) && host.Port is null))
            ? text
            : throw new ConfigurationException(key, $"is '{text}'; expected an IP address or the name of a host");

    private static List<RelaySetDefinition> ReadSets(EdgeFile.RelaysSection? section)
    {
        List<RelaySetDefinition> sets = [];
        foreach ((int i, string? value) in (section?.Sockets ?? []).Index())
        {
            if (!RelaySetDefinition.TryParse(value ?? "", out RelaySetDefinition? set, out string? error))
            {
                throw new ConfigurationException($"relays.sockets[{i}]", error);
            }

            if (set.Nodes.Count > 0)
            {
                sets.Add(set);
            }
        }

        return section is not null && sets.Count == 0
            ? throw new ConfigurationException(
                "relays.sockets", "names no relay; expected addresses such as udp:127.0.0.1:22222, or no key 'relays' at all")
            : sets;
    }

    private static RelaySetsOptions ReadRelayOptions(EdgeFile.RelaysSection section)
    {
        IPEndPoint? local = null;
        if (section.ForceSocket is { } text && !IPEndPoint.TryParse(text, out local))
        {
            throw new ConfigurationException("relays.forceSocket", $"is '{text}'; expected ADDRESS or ADDRESS:PORT");
        }

        return new RelaySetsOptions
        {
            Client = new RelayClientOptions
            {
                ReplyTimeout = Seconds(section.ReplySeconds ?? 1, 0.01, 60, "relays.replySeconds"),
                Transmissions = InRange(section.Transmissions ?? 5, 1, 100, "relays.transmissions"),
                LocalSocket = local,
            },
            DisableTime = Seconds(section.DisableSeconds ?? 60, -1, MaxSeconds, "relays.disableSeconds"),
        };
    }

    private static InProcessRelaySettings ReadInProcessRelay(EdgeFile.InProcessRelaySection section)
    {
        if (!IPAddress.TryParse(section.Address ?? "127.0.0.1", out IPAddress? address))
        {
            throw new ConfigurationException("inProcessRelay.address", $"is '{section.Address}'; expected an IP address");
        }

        int least = InRange(section.MinPort ?? 35_000, 1, ushort.MaxValue, "inProcessRelay.minPort");
        int most = InRange(section.MaxPort ?? Math.Max(65_000, least), least, ushort.MaxValue, "inProcessRelay.maxPort");
        var relay = new InProcessRelaySettings(address, least, most);
        return relay.FirstRtpPort <= relay.LastRtpPort
            ? relay
            : throw new ConfigurationException(
                "inProcessRelay", $"has ports {least} to {most}; expected room for an even port and the next one");
    }

    private static MediaSettings ReadMedia(EdgeFile.MediaSection section)
    {
        if (!MediaFlags.TryParse(section.Flags ?? "r", out MediaFlags flags, out ParseError error))
        {
            throw new ConfigurationException("media.flags", $"is '{section.Flags}'; {error}");
        }

        bool reject = section.WhenUnavailable switch
        {
            null or "reject" => true,
            "pass" => false,
            _ => throw new ConfigurationException(
                "media.whenUnavailable", $"is '{section.WhenUnavailable}'; expected reject or pass"),
        };
        string mark = section.Mark ?? new CallMediaOptions().Mark;
        if (mark.AsSpan().TrimEnd("\r\n").IndexOfAny("\r\n\0") >= 0)
        {
            throw new ConfigurationException("media.mark", "has more than one line; expected one, such as a=nortpproxy:yes");
        }

        // Read first: what is none of these is nothing that a command can name either.
        TimeoutSocket? timeouts = section.TimeoutSocket is null ? null : ReadTimeoutSocket(section.TimeoutSocket);
        return new MediaSettings(
            flags,
            section.Address is null ? null : ReadHost(section.Address, "media.address"),
            InRange(section.Set ?? 0, 0, int.MaxValue, "media.set"),
            reject,
            new CallMediaOptions
            {
                Mark = mark,
                TotalTimeout = Seconds(section.TotalSeconds ?? 10, 0.1, 60, "media.totalSeconds"),
                TimeoutSocket = section.TimeoutSocket,
                RefusesMulticast = true,
            },
            timeouts);
    }

    private static TimeoutSocket ReadTimeoutSocket(string text)
    {
        return SocketText.Split(text, TimeoutSocketKinds) switch
        {
            { Kind: "unix", Rest: var path } when IsPath(path) => new TimeoutSocket(path, null),
            { Kind: "tcp", Rest: var rest } when IPEndPoint.TryParse(rest, out IPEndPoint? tcp) && tcp.Port > 0 =>
                new TimeoutSocket(null, tcp),
            _ => throw new ConfigurationException(
                "media.timeoutSocket", $"is '{text}'{SuggestTimeoutSocket(text)}; expected unix:/PATH or tcp:ADDRESS:PORT"),
        };
    }

    // It stands in commands, which end words with blanks.
    private static bool IsPath(string text) => text.StartsWith('/') && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    // What stands behind another word, or alone.
    private static string SuggestTimeoutSocket(string text)
    {
        foreach (string rest in (string[])[text, text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]])
        {
            if (IsPath(rest))
            {
                return $", did you mean unix:{rest}";
            }

            if (IPEndPoint.TryParse(rest, out IPEndPoint? address) && address.Port > 0)
            {
                return $", did you mean tcp:{rest}";
            }
        }

        return "";
    }

    private static IPEndPoint ReadManagement(EdgeFile.ManagementSection section)
    {
        if (!IPEndPoint.TryParse(section.Listen ?? "", out IPEndPoint? listen))
        {
            throw new ConfigurationException("management.listen", $"is '{section.Listen}'; expected ADDRESS:PORT, such as 127.0.0.1:8060");
        }

        // Whoever reaches it can switch relays off: it is for people on this machine.
        return IPAddress.IsLoopback(listen.Address)
            ? listen
            : throw new ConfigurationException("management.listen", $"is {listen.Address}; expected a loopback address");
    }

    private static LimitSettings ReadLimits(EdgeFile.LimitsSection section)
    {
        int transactions = InRange(section.Transactions ?? 20_000, 1, 1_000_000, "limits.transactions");
        int connections = InRange(section.Connections ?? 2_000, 1, 100_000, "limits.connections");
        return new LimitSettings(
            transactions,
            connections,
            InRange(section.Bindings ?? 10_000, 1, 1_000_000, "limits.bindings"),
            InRange(section.MessageBytes ?? 65_535, 1_300, 1 << 20, "limits.messageBytes"),
            InRange(section.TransactionsOfOne ?? (transactions + 1) / 2, 1, 1_000_000, "limits.transactionsOfOne"),
            InRange(section.ConnectionsOfOne ?? (connections + 3) / 4, 1, 100_000, "limits.connectionsOfOne"));
    }

    private static LogLevel ReadLogLevel(string? text) => text switch
    {
        null or "information" => LogLevel.Information,
        "debug" => LogLevel.Debug,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => throw new ConfigurationException("log", $"is '{text}'; expected debug, information, warning, error or none"),
    };

    private static int InRange(int value, int least, int most, string key) =>
        value >= least && value <= most
            ? value
            : throw new ConfigurationException(key, string.Create(CultureInfo.InvariantCulture, $"is {value}; expected {least} to {most}"));

    private static TimeSpan Seconds(double value, double least, double most, string key) =>
        value >= least && value <= most
            ? TimeSpan.FromSeconds(value)
            : throw new ConfigurationException(
                key, string.Create(CultureInfo.InvariantCulture, $"is {value}; expected {least} to {most} seconds"));
}
