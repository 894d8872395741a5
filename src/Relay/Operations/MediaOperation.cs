using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>What offers and answers have in common: a port that the other party is to be told, and what follows.</summary>
public abstract class MediaOperation : Operation
{
    private readonly MediaRequest _request;
    private readonly IReplyRoom _room;

    private protected MediaOperation(MediaRequest request, IReplyRoom room, OperationContext context)
    {
        _request = request;
        _room = room;
        Context = context;
    }

    /// <summary>The port that the other party is to be told.</summary>
    public AnsweredPort Port { get; private set; }

    /// <summary>Of the operations that followed.</summary>
    public IReadOnlyList<FurtherResult> Further { get; private set; } = [];

    private protected OperationContext Context { get; }

    private protected int Owner => Context.WorkerOf(_request.CallId);

    /// <summary>Whether a port at this address can be told.</summary>
    private protected bool HasRoomFor(Ports.LocalAddress address) => _room.HasRoomFor(address, isFollowed: _request.Further.Count > 0);

    /// <summary>The answer is the port that faces the other party; then comes what follows.</summary>
    /// <param name="forkSources">What forks name; null where none are allowed.</param>
    private protected void Answer(RelayWorker worker, Leg speaker, Instant now, ForkSources? forkSources = null)
    {
        Leg answered = speaker.Session.Opposite(speaker);
        Port = new AnsweredPort(answered.PortNumber, answered.Local);
        Further = new FurtherRun(worker, speaker.Session, speaker, now, Context) { ForkSources = forkSources }
            .Run(_request.Further, _room);
    }
}
