using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>The bare loop: the floor that every relay stands on.</summary>
internal sealed class BareRelay : IRelayUnderTest
{
    private const int FirstPort = 10_000;

    public BareRelay(string program, int sessions, int callerPort, int calleePort)
    {
        // Even ports face the callers: what they receive leaves from the odd ones.
        Process = PinnedProcess.Start(true, program, Text(FirstPort), Text(2 * sessions), Text(callerPort), Text(calleePort));
        if (Process.StandardOutput.ReadLine() != "ready")
        {
            throw new InvalidOperationException("The bare loop did not start.");
        }
    }

    public string Name => "bare loop";

    public Process Process { get; }

    public RelayPorts Open(int session, int callerPort, int calleePort) =>
        new(FirstPort + (2 * session), FirstPort + (2 * session) + 1);

    /// <summary>It knows no calls.</summary>
    public void PassCall(int call)
    {
    }

    public void Dispose() => PinnedProcess.End(Process);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
