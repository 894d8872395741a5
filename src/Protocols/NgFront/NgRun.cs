using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront;

/// <summary>One command on its way: its operation, which the host carries around, and at the end its reply.</summary>
/// <remarks>Touched by one thread at a time; the host's queues order the visits.</remarks>
public sealed class NgRun : IErrand
{
    private readonly NgReplyWriter _writer = new();
    private readonly INgHandler _handler;
    private readonly Operation? _operation;

    internal NgRun(in NgMessage message, INgHandler handler, string name)
    {
        Name = name;
        _writer.Begin(message);
        _handler = handler;
        _operation = handler.Operation;
        ReplyIfFinished();
    }

    public OperationPlace Next => _operation?.Next ?? OperationPlace.Finished;

    public int Worker => _operation?.Worker ?? -1;

    /// <summary>What the command is: its own word, or <c>unknown</c>.</summary>
    public string Name { get; }

    /// <summary>When finished: the reply is an error.</summary>
    public bool IsError => _writer.IsError;

    /// <summary>The whole reply, cookie included; valid when finished.</summary>
    public ReadOnlyMemory<byte> Reply { get; private set; }

    /// <inheritdoc cref="Operation.RunOnWorker"/>
    public void RunOnWorker(RelayWorker worker, Instant now)
    {
        _operation!.RunOnWorker(worker, now);
        ReplyIfFinished();
    }

    /// <inheritdoc cref="Operation.RunOffWorker"/>
    public void RunOffWorker() => _operation!.RunOffWorker();

    private void ReplyIfFinished()
    {
        if (Next != OperationPlace.Finished)
        {
            return;
        }

        _handler.Write(_writer);
        if (_writer.IsOverflowed)
        {
            _writer.WriteError(NgErrors.NoMedia); // only a description can be so long
        }

        Reply = _writer.Written.ToArray();
    }
}
