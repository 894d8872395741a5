using System.Globalization;

namespace RtpProxy.Relay.Calls;

/// <summary>How RTPproxy's protocol names media lines.</summary>
internal static class LineTags
{
    /// <param name="index">From 0; the protocol counts from 1.</param>
    public static string Of(string tag, int index) => string.Create(CultureInfo.InvariantCulture, $"{tag};{index + 1}");
}
