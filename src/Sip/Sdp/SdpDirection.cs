namespace RtpProxy.Sip.Sdp;

/// <summary>Finds the direction attributes (RFC 8866 section 6.7).</summary>
internal static class SdpDirection
{
    public static MediaDirection? Find(string text, IEnumerable<SdpAttribute> attributes)
    {
        foreach (SdpAttribute attribute in attributes)
        {
            MediaDirection? direction = attribute.Name.In(text) switch
            {
                "sendrecv" => MediaDirection.SendReceive,
                "sendonly" => MediaDirection.SendOnly,
                "recvonly" => MediaDirection.ReceiveOnly,
                "inactive" => MediaDirection.Inactive,
                _ => null,
            };
            if (direction is not null)
            {
                return direction;
            }
        }

        return null;
    }
}
