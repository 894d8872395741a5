namespace RtpProxy.Protocols.Rtpp;

/// <summary>
/// What a command supposes of the daemon's own addresses. The parser does not know them: whoever does answers its questions,
/// in the order in which they stand, and the first "no" is the error reply (control protocol, section 3.4).
/// </summary>
/// <param name="Otherwise">The code of the error reply.</param>
internal abstract record AddressQuestion(ErrorCode Otherwise)
{
    /// <summary>A direction letter: does the daemon bridge between two addresses?</summary>
    public sealed record IsBridging(ErrorCode Otherwise) : AddressQuestion(Otherwise);

    /// <summary><c>l</c> or <c>r</c>: is there such an address, or a route?</summary>
    public sealed record Has(LocalSelector Selector, ErrorCode Otherwise) : AddressQuestion(Otherwise);

    /// <summary>Neither of them, and no direction letter: is there an address of the family of the remote one?</summary>
    public sealed record HasFamily(bool IsIPv6, ErrorCode Otherwise) : AddressQuestion(Otherwise)
    {
        private static readonly HasFamily IPv4 = new(false, ErrorCode.AddressFamily);
        private static readonly HasFamily IPv6 = new(true, ErrorCode.AddressFamily);

        public static HasFamily Of(bool ipv6) => ipv6 ? IPv6 : IPv4;
    }
}
