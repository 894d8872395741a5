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

    public static bool HasKey(string key) =>
        key.ToUpperInvariant() is "CAPT_HOST" or "CAPT_PORT" or "CAPT_PTYPE" or "CAPT_ID";

    /// <param name="value">Null if it is not a single value.</param>
    /// <returns>What is wrong, in the original's words; null if nothing is.</returns>
    public string? Take(string key, UclScalar? value)
    {
        bool isRight;
        string what;
        switch (key.ToUpperInvariant())
        {
            case "CAPT_HOST":
                what = "host";
                isRight = value is not null;
                _host = value?.Text ?? _host;
                break;
            case "CAPT_PORT":
                what = "port";
                isRight = value?.AsInteger(1, 65_535) is not null;
                _port = (int)(value?.AsInteger(1, 65_535) ?? _port);
                break;
            case "CAPT_ID":
                what = "capt_id";
                isRight = value?.AsInteger(0, uint.MaxValue) is not null;
                _captureId = (uint)(value?.AsInteger(0, uint.MaxValue) ?? _captureId);
                break;
            default:
                what = "ptype";
                isRight = value?.Text.ToUpperInvariant() is "UDP" or "TCP";
                _transport = value?.Text.ToUpperInvariant() == "TCP" ? HepTransport.Tcp : HepTransport.Udp;
                break;
        }

        string shown = value?.Text ?? "(not a single value)";
        return isRight ? null : $"error in config file; invalid value for {what} in section '{key}': {shown}";
    }

    /// <returns>What is wrong with the host; null if nothing is.</returns>
    public string? Resolve(ISystemNames names, out HepTarget? target)
    {
        target = HepText.Resolve(_transport, _host, _port, names, out string reason);
        target = target is null ? null : target with { CaptureId = _captureId, IsRtcpOnly = true };
        return target is null ? $"{_host}: {reason}" : null;
    }
}
