using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>
/// Writes one value in either encoding, into a buffer of its own that is used again after <see cref="Reset"/>. Keys and
/// values are written in turn within a dictionary; every Begin has its <see cref="End"/>.
/// </summary>
/// <remarks>Not thread-safe. Nothing is allocated once the buffer has grown to the size of the largest message.</remarks>
public sealed class NgWriter
{
    private byte[] _buffer = new byte[2048];
    private NgEncoding _encoding;

    // JSON only: whether the next value or key needs a comma, and which containers are lists, the innermost in bit 0.
    private bool _needsComma;
    private ulong _lists;

    /// <summary>What was written since <see cref="Reset"/>; valid until something more is written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Begins a new message.</summary>
    /// <param name="prefix">Bytes in front of the value, as they are: cookie and blank.</param>
    public void Reset(NgEncoding encoding, ReadOnlySpan<byte> prefix = default)
    {
        _encoding = encoding;
        _needsComma = false;
        _lists = 0;
        Length = 0;
        Append(prefix);
    }

    public void BeginDictionary()
    {
        Separate();
        Append(_encoding == NgEncoding.Json ? (byte)'{' : (byte)'d');
        _lists <<= 1;
        _needsComma = false;
    }

    public void BeginList()
    {
        Separate();
        Append(_encoding == NgEncoding.Json ? (byte)'[' : (byte)'l');
        _lists = (_lists << 1) | 1;
        _needsComma = false;
    }

    /// <summary>Closes the innermost list or dictionary.</summary>
    public void End()
    {
        Append(_encoding == NgEncoding.Bencode ? (byte)'e' : (_lists & 1) != 0 ? (byte)']' : (byte)'}');
        _lists >>= 1;
        _needsComma = true;
    }

    /// <param name="key">Characters up to U+00FF, bytes one to one.</param>
    public void Key(string key)
    {
        Text(key);
        if (_encoding == NgEncoding.Json)
        {
            Append((byte)':');
            _needsComma = false;
        }
    }

    public void Number(long value)
    {
        Separate();
        if (_encoding == NgEncoding.Bencode)
        {
            Append((byte)'i');
        }

        AppendDecimal(value);
        if (_encoding == NgEncoding.Bencode)
        {
            Append((byte)'e');
        }

        _needsComma = true;
    }

    /// <param name="text">
    /// Characters up to U+00FF, bytes one to one. In JSON, bytes that are no UTF-8 are written as U+FFFD: JSON has no form for
    /// them.
    /// </param>
    public void Text(string text)
    {
        Separate();
        if (_encoding == NgEncoding.Bencode)
        {
            AppendDecimal(text.Length);
            Append((byte)':');
            Length += Encoding.Latin1.GetBytes(text, Room(text.Length));
        }
        else
        {
            AppendQuoted(text);
        }

        _needsComma = true;
    }

    public void BeginDictionary(string key)
    {
        Key(key);
        BeginDictionary();
    }

    public void BeginList(string key)
    {
        Key(key);
        BeginList();
    }

    public void Number(string key, long value)
    {
        Key(key);
        Number(value);
    }

    public void Text(string key, string text)
    {
        Key(key);
        Text(text);
    }

    /// <summary>Writes a value with all that is in it.</summary>
    public void Value(NgValue value)
    {
        switch (value.Kind)
        {
            case NgValueKind.Number:
                Number(value.Number!.Value);
                break;
            case NgValueKind.List:
                BeginList();
                foreach (NgValue item in value.Items)
                {
                    Value(item);
                }

                End();
                break;
            case NgValueKind.Dictionary:
                BeginDictionary();
                foreach (NgEntry entry in value.Dictionary!.Entries)
                {
                    Key(entry.Key);
                    Value(entry.Value);
                }

                End();
                break;
            case NgValueKind.None:
            default:
                Text(value.Text ?? string.Empty);
                break;
        }
    }

    private void Separate()
    {
        if (_encoding == NgEncoding.Json && _needsComma)
        {
            Append((byte)',');
        }
    }

    private void AppendQuoted(string text)
    {
        Append((byte)'"');
        byte[] bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, Encoding.Latin1.GetBytes(text, bytes));
        while (!rest.IsEmpty)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(rest, Room(rest.Length + 16), out int read, out int written);
            Length += written;
            rest = rest[read..];
        }

        ArrayPool<byte>.Shared.Return(bytes);
        Append((byte)'"');
    }

    private void AppendDecimal(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out int written);
        Length += written;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    private void Append(byte single)
    {
        Room(1)[0] = single;
        Length++;
    }

    private Span<byte> Room(int count)
    {
        if (_buffer.Length - Length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        }

        return _buffer.AsSpan(Length);
    }
}
