using System.Net;
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
    private readonly NgCommand? _command;
    private readonly NgClients _clients;
    private readonly IPAddress? _client;

    /// <param name="command">Null for what is none.</param>
    /// <param name="client">Who sent it; null where that is not known.</param>
    internal NgRun(in NgMessage message, INgHandler handler, NgCommand? command, NgClients clients, IPAddress? client)
    {
        _command = command;
        _clients = clients;
        _client = client;
        _writer.Begin(message);
        _handler = handler;
        _operation = handler.Operation;
        ReplyIfFinished();
    }

    public OperationPlace Next => _operation?.Next ?? OperationPlace.Finished;

    public int Worker => _operation?.Worker ?? -1;

    /// <summary>What the command is: its own word, or <c>unknown</c>. There are as many as commands: it is no client's text.</summary>
    public string Name => _command is { } known ? $"ng {known.Name()}" : "ng unknown";

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

        _clients.Count(_client, _command, IsError);
        Reply = _writer.Written.ToArray();
    }
}
