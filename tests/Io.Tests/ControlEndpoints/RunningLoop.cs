using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Io.Net.ControlEndpoints.Loop;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>A control loop for endpoints without a relay.</summary>
internal static class RunningLoop
{
    public static ControlLoop Start()
    {
        var loop = new ControlLoop(NullLogger.Instance);
        loop.Start();
        return loop;
    }
}
