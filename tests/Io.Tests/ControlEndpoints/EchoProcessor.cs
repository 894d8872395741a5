using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Answers everything alike.</summary>
internal sealed class EchoProcessor : ICommandProcessor
{
    public ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in CommandOrigin origin) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>("echo\n"u8.ToArray());

    public void CountRepeat()
    {
    }
}
