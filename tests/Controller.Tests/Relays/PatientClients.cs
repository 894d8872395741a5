using RtpProxy.Controller.Relays;
using RtpProxy.TestKit;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Clients of tests in which every reply comes, or never can.</summary>
internal static class PatientClients
{
    /// <summary>A machine that stands still for a second is no relay that does not answer.</summary>
    public static RelayClientOptions Options { get; } = new() { ReplyTimeout = Eventually.Deadline };
}
