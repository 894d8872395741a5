using System.Net;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Controller.Tests.Offers;

/// <summary>A node in memory: records commands as text and replies what the test says.</summary>
internal sealed class TestNode(string name, Func<string, RelayReply> reply) : IRelay
{
    private readonly List<string> _commands = [];

    public TestNode(string reply = "35000 127.0.0.5", string name = "node")
        : this(name, _ => RelayReply.From(reply))
    {
    }

    public string Name => name;

    public RelayCapabilities Capabilities { get; init; } = RelayCapabilities.CodecLists | RelayCapabilities.Repacketization;

    public IPAddress? Advertised { get; init; }

    public IPAddress? Host { get; init; }

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<string> Commands => _commands;

    /// <summary>Waited for before each reply; null to reply at once.</summary>
    public Func<CancellationToken, Task>? Delay { get; init; }

    public async ValueTask<RelayReply> SendAsync(Command command, CancellationToken cancellationToken)
    {
        string line;
        try
        {
            line = CommandWriter.ToLine(command);
        }
        catch (ArgumentException)
        {
            return RelayReply.Failed(RelayFailure.Unwritable);
        }

        _commands.Add(line);
        if (Delay is not null)
        {
            await Delay(cancellationToken);
        }

        return reply(line);
    }
}
