using RtpProxy.Control.Commands;

namespace RtpProxy.Control;

public sealed class CommandParser(ILocalAddressBook addresses, IServiceNames services)
{
    public ErrorCode TryParse(ReadOnlySpan<byte> line, out Command? command) =>
        throw new NotSupportedException($"{addresses}{services}");
}
