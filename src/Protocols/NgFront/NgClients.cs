using System.Collections.Concurrent;
using System.Net;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.NgFront;

/// <summary>Counts commands by who sent them and what they were, since the start of this process (ng protocol).</summary>
/// <remarks>Thread-safe; commands do not wait for each other here.</remarks>
internal sealed class NgClients
{
    private const int MaxClients = 64; // anybody can send a datagram from any address

    private readonly ConcurrentDictionary<IPAddress, Counts> _clients = new();
    private readonly Counts _others = new();
    private int _known; // the number of clients, for which the dictionary would lock itself whole

    /// <summary>Those that are counted for themselves, by address, and all others in one without address.</summary>
    public IReadOnlyList<ProxyFigures> Figures =>
    [
        .. _clients.OrderBy(client => client.Key.ToString(), StringComparer.Ordinal).Select(client => client.Value.ToFigures(client.Key)),
        _others.ToFigures(null),
    ];

    /// <param name="client">Null where it is not known.</param>
    /// <param name="command">Null for what is none.</param>
    public void Count(IPAddress? client, NgCommand? command, bool isError)
    {
        Counts counts = client is null ? _others : CountsOf(client);
        counts.Add(command, isError);
    }

    private Counts CountsOf(IPAddress client)
    {
        if (_clients.TryGetValue(client, out Counts? known))
        {
            return known;
        }

        if (Volatile.Read(ref _known) >= MaxClients)
        {
            return _others;
        }

        if (_clients.TryAdd(client, new Counts()))
        {
            Interlocked.Increment(ref _known); // a few more that come at the same time do no harm
        }

        return _clients[client];
    }

    private sealed class Counts
    {
        private readonly long[] _commands = new long[NgCommandNames.Count];
        private long _errors;

        public void Add(NgCommand? command, bool isError)
        {
            if (command is { } known)
            {
                Interlocked.Increment(ref _commands[(int)known]);
            }

            if (isError)
            {
                Interlocked.Increment(ref _errors);
            }
        }

        public ProxyFigures ToFigures(IPAddress? address) => new(address, [.. _commands], Interlocked.Read(ref _errors));
    }
}
