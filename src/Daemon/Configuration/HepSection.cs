using RtpProxy.Daemon.Options;
using RtpProxy.Io.Net.Hep;

namespace RtpProxy.Daemon.Configuration;

/// <summary>What a section of the module acct_rtcp_hep says; the names of its keys are of any case.</summary>
/// <remarks>Lives while the section is read; not thread-safe.</remarks>
internal sealed class HepSection
{
    private string _host = "10.0.0.1";
    private int _port = HepText.DefaultPort;
    private HepTransport _transport = HepTransport.Udp;
    private uint _captureId = 101;

    /// <summary>For messages.</summary>
    public const string Keys = "capt_host, capt_port, capt_ptype, capt_id";

    public static bool HasKey(string key) => Keys.Split(", ").Contains(key, StringComparer.OrdinalIgnoreCase);

    /// <param name="value">Null if it is not a single value.</param>
    /// <returns>What was expected; null if the value is right.</returns>
    public string? Take(string key, UclScalar? value)
    {
        switch (key.ToUpperInvariant())
        {
            case "CAPT_HOST":
                _host = value?.Text ?? _host;
                return value is null ? "a host" : null;
            case "CAPT_PORT":
                _port = (int)(value?.AsInteger(1, 65_535) ?? 0);
                return _port == 0 ? "a port without quotation marks, 1 to 65535" : null;
            case "CAPT_ID":
                long? id = value?.AsInteger(0, uint.MaxValue);
                _captureId = (uint)(id ?? 0);
                return id is null ? "a number without quotation marks, 0 to 4294967295" : null;
            default:
                bool isTcp = value?.Text.ToUpperInvariant() == "TCP";
                _transport = isTcp ? HepTransport.Tcp : HepTransport.Udp;
                return isTcp || value?.Text.ToUpperInvariant() == "UDP" ? null : "udp or tcp";
        }
    }

    /// <returns>What is wrong with the host, beginning with its key; null if nothing is.</returns>
    public string? Resolve(ISystemNames names, out HepTarget? target)
    {
        target = HepText.Resolve(_transport, _host, _port, names, out string reason);
        target = target is null ? null : target with { CaptureId = _captureId, IsRtcpOnly = true };
        return target is null ? $"capt_host is '{_host}', but the answer is: {reason}; expected a host that has an address" : null;
    }
}
