-- What both documents need on paper: figures of a fixed width, links to pages of the repository as plain text (there is
-- nothing that they would lead to), and tables by what they hold.

function Image(image)
    if FORMAT == "docx" then image.attributes.width = "13.4cm" end
    return image
end

function Link(link)
    if link.target:match("^https?://") then return link end
    return link.content
end

-- The letters of the longest word or cell of each column, and those of an average row.
local function measured(table)
    local longest, letters, rows = {}, 0, 0
    local function look(row, counted)
        for column, cell in ipairs(row.cells) do
            local length = utf8.len(pandoc.utils.stringify(cell.contents)) or 0
            longest[column] = math.max(longest[column] or 0, math.min(length, 60))
            if counted then letters = letters + length end
        end
        if counted then rows = rows + 1 end
    end
    for _, row in ipairs(table.head.rows) do look(row, false) end
    for _, body in ipairs(table.bodies) do
        for _, row in ipairs(body.body) do look(row, true) end
    end
    return longest, rows > 0 and letters / rows or 0
end

-- A table of prose, by its letters, may go over pages. In DOCX columns are as wide as their longest cell asks for, since
-- not every reader finds that out by itself.
function Table(table)
    local longest, letters = measured(table)
    if letters > 120 then table.classes:insert("prose") end
    if FORMAT == "docx" then
        local sum = 0
        for _, length in ipairs(longest) do sum = sum + length + 3 end
        for column, spec in ipairs(table.colspecs) do
            table.colspecs[column] = {spec[1], (longest[column] + 3) / sum}
        end
    end
    return table
end
