using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <summary>A machine whose addresses a test decides about.</summary>
public sealed class VirtualOwnAddresses(OwnAddresses current) : IOwnAddresses
{
    /// <summary>A machine with no other addresses than those that the book has.</summary>
    public static VirtualOwnAddresses Of(ILocalAddressBook book) =>
        new(new OwnAddresses([], [], [book.Default, book.Internal, book.External], [], []));

    public OwnAddresses Current { get; set; } = current;

    /// <summary>What is known once an address has been looked at; null if all that there is to know is known.</summary>
    public OwnAddresses? FoundByLook { get; init; }

    public void Look(in Endpoint address) => Current = FoundByLook ?? Current;
}
