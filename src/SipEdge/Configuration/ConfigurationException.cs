using RtpProxy.Lines;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>The configuration cannot be used. The message, one line, names the key and says what was expected.</summary>
internal sealed class ConfigurationException(string key, string problem, Exception? cause = null)
    : Exception(PeerText.OneLine($"{key}: {problem}"), cause)
{
    /// <summary>Path of the key, such as <c>listen[0].port</c>.</summary>
    public string Key { get; } = key;
}
