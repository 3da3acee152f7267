"""How GraphQL documents are parsed, limited, planned and executed. It knows no noun."""
