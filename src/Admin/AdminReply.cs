namespace RtpProxy.Admin;

/// <summary>One line from the relay: the answer to a request (with its <see cref="Id"/>), or an event that was asked for.</summary>
public sealed record AdminReply
{
    /// <summary>Of the request; absent with events.</summary>
    public long? Id { get; init; }

    public AdminFault? Error { get; init; }

    public RelayHello? Hello { get; init; }

    public SessionPage? Sessions { get; init; }

    /// <summary>The sessions (media lines) of the call that was asked for; empty if there is none.</summary>
    public IReadOnlyList<SessionDetail>? Session { get; init; }

    public RelayCounters? Counters { get; init; }

    public HostFigures? Host { get; init; }

    /// <summary>Another process relays now, of this version of the program; the one that answers ends.</summary>
    public string? Upgraded { get; init; }

    /// <summary>The request was carried out and there is nothing to tell: drain, events.</summary>
    public bool? Done { get; init; }

    public EventNotice? Event { get; init; }

    /// <summary>Events that this client was too slow for, since the last line that told it.</summary>
    public long? Lost { get; init; }
}
