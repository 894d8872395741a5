using System.Diagnostics.CodeAnalysis;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding;

/// <summary>
/// A packet on its way through the relay: whose it is, where it came from, its bytes with the room around them, and when it came.
/// What the relay makes itself, of prompts and by re-framing, and what comes as a copy of another session's goes the same way.
/// </summary>
/// <remarks>Borrowed for the call, like the bytes.</remarks>
internal readonly ref struct Passage
{
    private readonly Endpoint _source;
    private readonly Arrival _arrival;

    /// <param name="stream">Of the party that sent it, or that it stands for.</param>
    /// <param name="source">Our own port for packets of prompts.</param>
    /// <param name="arrival">Of what was received, of the last packet that went into it, or of the deadline.</param>
    public Passage(RelayStream stream, scoped in Endpoint source, scoped in Datagram datagram, scoped in Arrival arrival)
    {
        Stream = stream;
        Datagram = datagram;
        _source = source;
        _arrival = arrival;
    }

    public RelayStream Stream { get; }

    public Datagram Datagram { get; }

    public Span<byte> Bytes => Datagram.Bytes;

    [UnscopedRef]
    public ref readonly Endpoint Source => ref _source;

    [UnscopedRef]
    public ref readonly Arrival Arrival => ref _arrival;

    public Instant Now => _arrival.Now;

    /// <summary>The same as that of another stream.</summary>
    public Passage Of(RelayStream stream) => new(stream, _source, Datagram, _arrival);

    /// <summary>The same with other bytes.</summary>
    public Passage With(scoped in Datagram datagram) => new(Stream, _source, datagram, _arrival);
}
