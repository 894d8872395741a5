using System.Globalization;
using System.Text;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Daemon.Options;

/// <summary>What <c>-v</c> prints.</summary>
internal static class Capabilities
{
    public static string Describe()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Basic version: {ProtocolVersion.Base}\n");
        foreach (Capability capability in ProtocolVersion.Capabilities)
        {
            text.Append(CultureInfo.InvariantCulture, $"Extension {capability.Date}: {capability.Text}\n");
        }

        return text.ToString();
    }
}
