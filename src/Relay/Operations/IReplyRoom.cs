using RtpProxy.Relay.Operations.Further;

namespace RtpProxy.Relay.Operations;

/// <summary>What the reply to an offer or an answer can hold.</summary>
public interface IReplyRoom : IPortRoom, IFurtherRoom;
