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
    [ThreadStatic]
    private static NgReplyWriter? _writer; // of this thread, for one reply after another: its buffer is kilobytes

    private readonly byte[] _cookie;
    private readonly NgEncoding _encoding;
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
        _cookie = message.Cookie.ToArray();
        _encoding = message.Encoding;
        _handler = handler;
        _operation = handler.Operation;
        ReplyIfFinished();
    }

    public OperationPlace Next => _operation?.Next ?? OperationPlace.Finished;

    public int Worker => _operation?.Worker ?? -1;

    /// <summary>What the command is: its own word, or <c>unknown</c>. There are as many as commands: it is no client's text.</summary>
    public string Name => _command is { } known ? $"ng {known.Name()}" : "ng unknown";

    /// <summary>When finished: the reply is an error.</summary>
    public bool IsError { get; private set; }

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

        NgReplyWriter writer = _writer ??= new NgReplyWriter();
        writer.Begin(_cookie, _encoding);
        _handler.Write(writer);
        if (writer.IsOverflowed)
        {
            writer.WriteError(NgErrors.NoMedia); // only a description can be so long
        }

        IsError = writer.IsError;
        _clients.Count(_client, _command, IsError);
        Reply = writer.Written.ToArray();
    }
}
