using System.Text;

namespace RtpProxy.Relay.Snapshots;

/// <content>Bytes and texts.</content>
internal ref partial struct SnapshotPass
{
    /// <summary>As many bytes as there is room for.</summary>
    public void Octets(scoped Span<byte> bytes)
    {
        if (IsReading)
        {
            if (TryRead(bytes.Length, out ReadOnlySpan<byte> read))
            {
                read.CopyTo(bytes);
            }
            else
            {
                bytes.Clear();
            }
        }
        else
        {
            Write(bytes);
        }
    }

    public void Octets(ref byte[] bytes, int max)
    {
        int length = Count(bytes.Length, max);
        if (!IsReading)
        {
            Write(bytes);
        }
        else
        {
            bytes = TryRead(length, out ReadOnlySpan<byte> read) ? read.ToArray() : [];
        }
    }

    /// <summary>A text of UTF-16 units, each as a number: what came from a controller or the command line has one byte for each.</summary>
    public void Text(ref string value, int max)
    {
        int length = Count(value.Length, max);
        if (!IsReading)
        {
            foreach (char unit in value)
            {
                WriteNumber(unit);
            }

            return;
        }

        if (length > _source.Length - Position)
        {
            Fail(SnapshotFault.Cut);
            value = "";
            return;
        }

        ReadOnlySpan<byte> plain = _source.Slice(Position, length);
        if (Ascii.IsValid(plain))
        {
            value = Encoding.ASCII.GetString(plain);
            Position += length;
            return;
        }

        char[] units = new char[length];
        for (int i = 0; i < length; i++)
        {
            ulong unit = ReadNumber();
            Check(ref unit, unit <= char.MaxValue);
            units[i] = (char)unit;
        }

        value = new string(units);
    }

    public void OptionalText(ref string? value, int max)
    {
        if (!Present(value is not null))
        {
            value = null;
            return;
        }

        string text = value ?? "";
        Text(ref text, max);
        value = text;
    }
}
