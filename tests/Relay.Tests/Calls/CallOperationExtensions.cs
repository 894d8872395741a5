using RtpProxy.Relay.Operations.Calls;

namespace RtpProxy.Relay.Tests.Calls;

internal static class CallOperationExtensions
{
    /// <summary>The port that the other party is told of a line.</summary>
    public static int Port(this CallOperation operation, int line = 0) => operation.Ports[line].ShouldNotBeNull().Number;
}
